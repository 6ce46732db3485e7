"""Networks taken out of the program: as code that runs elsewhere, with all that comes before and after them.

`PortableNetwork.of` says what a network does, in the operations of `playground.engine.portable`; a member of
`ExportTarget` writes that in one language or format; `verify` runs what was written beside the engine.
"""
