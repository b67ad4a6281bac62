/** Refusals of requests because of their content: rules and fields as values, independent of HTTP. */
@NullMarked
package menara.values.refusals;

import org.jspecify.annotations.NullMarked;
