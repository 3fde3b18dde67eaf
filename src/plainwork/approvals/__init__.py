"""Whether a change may be merged: what it changes, who must consent, who has consented."""
