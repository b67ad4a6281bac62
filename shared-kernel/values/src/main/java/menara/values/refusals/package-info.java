/** Why a request is refused because of what it asks: rules and fields as values, without a word of HTTP. */
@NullMarked
package menara.values.refusals;

import org.jspecify.annotations.NullMarked;
