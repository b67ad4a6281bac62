@NullMarked
package menara.eventstore.spring;

import org.jspecify.annotations.NullMarked;
