/** Read models: documents by key, written batch by batch behind a fence. */
@NullMarked
package menara.eventstore.spring.read;

import org.jspecify.annotations.NullMarked;
