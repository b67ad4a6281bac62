/** The services' OpenAPI documents as one. */
@NullMarked
package menara.gateway.openapi;

import org.jspecify.annotations.NullMarked;
