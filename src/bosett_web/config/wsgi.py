"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from bosett_web.operations.processes import die_with_parent

# The server's main process may be killed outright: then this worker must not keep the port.
if os.environ.get("BOSETT_SUPERVISED"):
    die_with_parent()

application = get_wsgi_application()
