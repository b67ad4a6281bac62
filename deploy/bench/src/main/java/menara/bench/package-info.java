/** Benches: each prints a table of figures measured in one run, and writes them as JSON to compare over time. */
@NullMarked
package menara.bench;

import org.jspecify.annotations.NullMarked;
