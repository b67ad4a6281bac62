package menara.eventstore.spring;

import java.util.List;

/**
 * Translates one private event into the contract events others may see, usually none or one. Pure: the same event always gives the same
 * publication, because after a crash it is translated again. One bean per service, in its {@code publishing} package.
 */
@FunctionalInterface
public interface Publication {

    /**
     * @param event a private event of this service
     * @return records annotated {@link menara.values.PublishedEvent}, in the order in which they are published
     */
    List<?> publish(Object event);
}
