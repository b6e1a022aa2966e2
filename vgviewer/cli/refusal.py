"""What a command says when it cannot do what was asked."""


class Refusal(Exception):
    """One sentence for stderr; the command ends with exit code 2."""
