"""`sample_run` stands beside these tests and is imported by name, in processes of its own as well."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
