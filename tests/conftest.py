"""What all tests share."""

from hypothesis import settings

# The machine that runs the tests may be slow and busy: time is measured in benchmarks/, not here.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
