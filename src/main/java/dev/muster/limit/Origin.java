package dev.muster.limit;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as trusted proxies report it.
 *
 * @param network an IPv4 address, or the /64 of an IPv6 address: so much the customer of a network has for himself
 */
public record Origin(String network) {

    private static final int NETWORK_BYTES = 8;
    private static final int LONGEST = 64;

    /** The origin of a request. */
    public static Origin of(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        if (address == null) {
            return of("");
        }
        String literal = address.hostAddress();
        return of(literal == null ? address.host() : literal);
    }

    /** The origin that an address means; what is none, such as a proxy's {@code unknown}, is taken as it is. */
    static Origin of(@Nullable String host) {
        if (host == null || host.length() > LONGEST) {
            return new Origin("");
        }
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return new Origin(
                    address instanceof Inet6Address
                            ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                            : address.getHostAddress());
        } catch (IllegalArgumentException notAnAddress) {
            return new Origin(host);
        }
    }
}
