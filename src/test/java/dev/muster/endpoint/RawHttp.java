package dev.muster.endpoint;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** HTTP/1.1 by hand: for requests that no client library sends, and for clients that behave badly. */
final class RawHttp implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    RawHttp(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(45_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * An answer that has been read to its end.
     *
     * @param whole whether its end was there: not where the connection broke off in the body
     */
    record Answer(int status, Map<String, String> headers, String body, boolean whole) {

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Sends one request on a connection of its own; the answer. */
    static Answer exchange(int port, byte[]... parts) {
        try (RawHttp connection = new RawHttp(port)) {
            for (byte[] part : parts) {
                connection.send(part);
            }
            return connection.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The start line and the headers of a request, each header with its colon. */
    static byte[] head(String method, String uri, String... headers) {
        StringBuilder text = new StringBuilder(method + " " + uri + " HTTP/1.1\r\nHost: muster.example\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    Socket socket() {
        return socket;
    }

    /** Breaks the connection off: the other side sees a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    Answer answer() throws IOException {
        String statusLine = line(in);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = headers.getOrDefault("transfer-encoding", "").equals("chunked")
                ? chunks(in, body)
                : copy(in, body, Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(
                Integer.parseInt(statusLine.split(" ")[1]), headers, body.toString(StandardCharsets.UTF_8), whole);
    }

    private static boolean chunks(InputStream in, ByteArrayOutputStream body) throws IOException {
        while (true) {
            String size = line(in);
            if (size.isEmpty()) {
                return false;
            }
            int length = Integer.parseInt(size, 16);
            if (!copy(in, body, length)) {
                return false;
            }
            line(in);
            if (length == 0) {
                return true;
            }
        }
    }

    private static boolean copy(InputStream in, ByteArrayOutputStream body, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        body.write(bytes);
        return bytes.length == length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
