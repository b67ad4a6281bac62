/** What processors need beside a log: tokens and claims, parked events, the log that a service publishes and the logs of others. */
@NullMarked
package menara.eventstore.mongodb.processing;

import org.jspecify.annotations.NullMarked;
