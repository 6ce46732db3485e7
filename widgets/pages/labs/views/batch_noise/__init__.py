"""What is seen of batches."""

from widgets.pages.labs.views.batch_noise.view import BatchNoiseView

__all__ = ["BatchNoiseView"]
