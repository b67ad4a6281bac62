/** Folds states from their events, remembers them, and keeps snapshots of them. */
@NullMarked
package menara.eventstore.spring.state;

import org.jspecify.annotations.NullMarked;
