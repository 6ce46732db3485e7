"""The moments of a film are those of the training, whether it is trained or had again."""

import numpy as np

from playground.animation.moments import again, stops, trained, usual_stride
from playground.engine.optimizers import Momentum
from playground.experiment import Experiment
from playground.training.run import Run
from playground.training.trainer import Trainer


def small():
    start = Experiment()
    return start.with_(training=start.training.with_(batch_size=50))


def weights(snapshot):
    return [layer.weights.tobytes() for layer in snapshot.layers.values()]


def test_there_is_a_frame_at_both_ends_and_at_whole_strides_between():
    assert stops(0, 10, 4) == (0, 4, 8, 10)
    assert stops(3, 12, 4) == (3, 4, 8, 12)
    assert stops(0, 8, 4) == (0, 4, 8)
    assert stops(2.5, 3.25, 1) == (2.5, 3, 3.25)
    assert stops(5, 5, 3) == (5,)


def test_a_film_has_about_a_hundred_frames_where_nothing_else_is_asked_for():
    assert [usual_stride(epochs) for epochs in (0, 1, 120, 121, 1000)] == [1, 1, 1, 2, 9]


def test_trained_moments_are_those_of_the_trainer_and_show_maps():
    shots = list(trained(Trainer(small()), 5, 2))
    assert [shot.epoch for shot in shots] == [0, 2, 4, 5]
    trainer = Trainer(small())
    for _ in range(4):
        trainer.run_epoch()
    assert np.array_equal(shots[2].layers["dense1"].weights, trainer.network.edges("dense1").weights[0])
    assert shots[2].output is not None
    assert len(shots[2].history["epoch"]) == 5


def test_moments_had_again_are_the_very_same_though_something_was_changed_on_the_way():
    run, noted = Run(1, small()), {}

    def go(epochs):
        for _ in range(epochs):
            run.step_epoch()
            trainer = run.learner.trainer
            noted[trainer.epoch] = trainer.network.edges("dense1").weights[0].copy()

    go(3)
    start = run.learner.trainer.experiment
    run.apply(start.with_(training=start.training.with_(optimizer=Momentum())))
    go(3)
    kept = run.learner.ledger.kept()
    shots = list(again(kept.run(kept.present), 1))
    assert [shot.epoch for shot in shots] == list(range(7))
    for shot in shots[1:]:
        assert np.array_equal(shot.layers["dense1"].weights, noted[shot.epoch])
    assert type(shots[-1].experiment.training.optimizer) is Momentum
    assert type(shots[2].experiment.training.optimizer) is not Momentum


def test_where_training_ends_so_do_the_moments():
    start = small()
    wild = start.with_(
        training=start.training.with_(optimizer=start.training.optimizer.with_(learning_rate=10.0))
    )
    trainer = Trainer(wild)
    trainer.stopped_early = True
    assert [shot.epoch for shot in trained(trainer, 5, 1)] == [0]
