/**
 * A log of commits with any content: each is one document at a unique place. Concurrent writers share a document, the outcome of a lost
 * answer is found out, and a rolled-back log is noticed. It is independent of events.
 */
@NullMarked
package menara.eventstore.mongodb.commitlog;

import org.jspecify.annotations.NullMarked;
