/** What is counted: the built-in meters and defined ones. A definition never changes. */
@NullMarked
package menara.billing.meters;

import org.jspecify.annotations.NullMarked;
