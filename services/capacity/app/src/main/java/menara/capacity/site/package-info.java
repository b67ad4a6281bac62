/** The whole site as one document: phases, power tree, halls, racks and cooling, validated as a whole, imported and exported. */
@NullMarked
package menara.capacity.site;

import org.jspecify.annotations.NullMarked;
