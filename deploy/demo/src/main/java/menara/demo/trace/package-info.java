/** A GPU cluster trace as files: its nodes, its jobs, and the rows that could not be read. */
@NullMarked
package menara.demo.trace;

import org.jspecify.annotations.NullMarked;
