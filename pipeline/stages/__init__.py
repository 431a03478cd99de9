"""The wiring: which files each stage reads, which layer turns them into what, and where the result is kept.

A stage may read and write files and call its layer; it may not decide anything about text. `cli` calls the stages,
DVC and `run` both through it, so that the two give the same bytes.
"""
