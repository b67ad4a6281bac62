/** Translates private events into what others see, each once and in order. */
@NullMarked
package menara.eventstore.spring.publish;

import org.jspecify.annotations.NullMarked;
