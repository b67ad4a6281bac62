/** The gateway from outside, between a stand-in for Keycloak and stand-ins for the four services. */
@NullMarked
package menara.gateway;

import org.jspecify.annotations.NullMarked;
