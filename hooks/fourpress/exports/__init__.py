def files(library, site): return {}
