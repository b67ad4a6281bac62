package menara.gateway.security;

import org.springframework.stereotype.Component;
import org.springframework.web.util.HttpSessionMutexListener;

/** Gives each session one object to lock, whichever facade of it a request holds. */
@Component
class SessionMutex extends HttpSessionMutexListener {}
