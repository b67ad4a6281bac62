/** The envelope: phases with their released power, halls with their limits, and how much of them is committed at an instant. */
@NullMarked
package menara.capacity.envelope;

import org.jspecify.annotations.NullMarked;
