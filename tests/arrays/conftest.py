from hypothesis import settings

# The same examples in every run, so that a red test is the change's doing;
# no deadline, because a busy machine is not a bug.
settings.register_profile("book", deadline=None, derandomize=True)
settings.load_profile("book")
