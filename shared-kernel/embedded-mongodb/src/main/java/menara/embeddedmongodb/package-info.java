/** A MongoDB server inside the JVM, for evaluation, demos and tests: in memory, or durable on an H2 file. */
@NullMarked
package menara.embeddedmongodb;

import org.jspecify.annotations.NullMarked;
