/** The published documents of a service: its OpenAPI document with examples, and the catalogue of the events it publishes. */
@NullMarked
package menara.platform.documentation;

import org.jspecify.annotations.NullMarked;
