/** The one door from outside: who comes in, how much of it, and which service answers. */
@NullMarked
package menara.gateway;

import org.jspecify.annotations.NullMarked;
