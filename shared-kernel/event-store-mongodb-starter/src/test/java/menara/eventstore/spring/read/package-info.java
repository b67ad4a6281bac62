@NullMarked
package menara.eventstore.spring.read;

import org.jspecify.annotations.NullMarked;
