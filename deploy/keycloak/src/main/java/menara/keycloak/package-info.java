/** The realm as code, and a real Keycloak as a process for the launcher and for tests. */
@NullMarked
package menara.keycloak;

import org.jspecify.annotations.NullMarked;
