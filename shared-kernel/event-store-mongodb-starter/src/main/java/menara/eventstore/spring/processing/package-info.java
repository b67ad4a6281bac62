/** Hands events to those who follow a log, parks what cannot be handled, and tells how far each has come. */
@NullMarked
package menara.eventstore.spring.processing;

import org.jspecify.annotations.NullMarked;
