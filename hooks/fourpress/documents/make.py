"""placeholder"""
from dataclasses import dataclass
@dataclass
class Made:
    fresh: bool = True
class Maker:
    def __init__(self, library, site, cache): pass
    def start(self, language, pages): pass
    def finish(self, target): return [], []
