/** Whole journeys: the real processes, the real Keycloak, the real commands. */
@NullMarked
package menara.smoke;

import org.jspecify.annotations.NullMarked;
