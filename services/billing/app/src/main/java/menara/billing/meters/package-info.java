/** What is counted: the built-in meters and those that somebody defined, each once and for ever. */
@NullMarked
package menara.billing.meters;

import org.jspecify.annotations.NullMarked;
