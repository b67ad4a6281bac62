/** The whole store on one virtual clock, one seeded scheduler and a simulated replica set: a seed is a history, and a history is checked. */
@NullMarked
package menara.eventstore.mongodb.simulation;

import org.jspecify.annotations.NullMarked;
