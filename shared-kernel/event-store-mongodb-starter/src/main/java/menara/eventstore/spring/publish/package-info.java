/** Translates private events into published ones, each once and in order. */
@NullMarked
package menara.eventstore.spring.publish;

import org.jspecify.annotations.NullMarked;
