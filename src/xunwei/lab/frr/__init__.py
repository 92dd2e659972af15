"""Real FRRouting routers in namespaces of their own: `Router` is one, `fabric` joins several, `door` lets SSH in."""
