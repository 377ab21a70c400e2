"""The bundled sample: invented outlets, served on loopback at any moment of their time."""

from briefing.demo.sample import Sample, load_sample
from briefing.demo.serving import SampleServer

__all__ = ["Sample", "SampleServer", "load_sample"]
