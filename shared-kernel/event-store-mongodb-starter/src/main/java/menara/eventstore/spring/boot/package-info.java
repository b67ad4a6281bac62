/** Wires the store from the beans that an application declares. */
@NullMarked
package menara.eventstore.spring.boot;

import org.jspecify.annotations.NullMarked;
