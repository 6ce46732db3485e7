"""A page for a browser that runs the network without a connection."""

from playground.exports.targets.html_page.target import HtmlPage

__all__ = ["HtmlPage"]
