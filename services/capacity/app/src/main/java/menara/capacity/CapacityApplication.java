package menara.capacity;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the capacity service. */
@SpringBootApplication
public class CapacityApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(CapacityApplication.class, arguments);
    }
}
