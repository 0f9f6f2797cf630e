"""How the weights of the encoder are made. Torch lives here and only here."""

from onrecord.errors import OnRecordError


class TrainingError(OnRecordError):
    """The weights cannot be made, or are not good enough to ship."""
