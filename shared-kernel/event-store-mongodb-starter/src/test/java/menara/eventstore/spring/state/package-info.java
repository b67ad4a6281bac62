@NullMarked
package menara.eventstore.spring.state;

import org.jspecify.annotations.NullMarked;
