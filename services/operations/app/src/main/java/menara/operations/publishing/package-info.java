/** What this service publishes to others. */
@NullMarked
package menara.operations.publishing;

import org.jspecify.annotations.NullMarked;
