"""ui: layouts, components, style and small scripts.

Knows nothing about anybody: it draws what it is handed. Upper rooms register menu items (`menu.register`),
the service's name (`context.set_service_name_provider`) and what to close when someone leaves
(`leaving.register`).
"""
