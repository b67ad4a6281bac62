/**
 * A log of commits, whatever is in them: one document each at a place that is unique, written by who finds it free. Who comes at the same time shares
 * a document, a lost answer is found out, and a log that is another one than it was is noticed. Knows of no events.
 */
@NullMarked
package menara.eventstore.mongodb.commitlog;

import org.jspecify.annotations.NullMarked;
