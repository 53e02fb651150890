package dev.muster.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One kept-alive HTTP/1.1 connection that sends what is written already. It does so little that the machine is left to the
 * server: a general client would use as much CPU as what is measured.
 */
final class HttpConnection implements AutoCloseable {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[1 << 16];
    private int bodyStart;
    private int end;

    HttpConnection(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Sends one request and reads the whole answer, which must not be chunked; its status. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        end = 0;
        bodyStart = -1;
        while (bodyStart < 0) {
            fill();
            bodyStart = afterHeaders();
        }
        int whole = bodyStart + contentLength();
        while (end < whole) {
            fill();
        }
        return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
    }

    /** The body of the last answer. */
    String body() {
        return new String(buffer, bodyStart, end - bodyStart, StandardCharsets.UTF_8);
    }

    private void fill() throws IOException {
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException("the server has closed the connection");
        }
        end += read;
    }

    private int afterHeaders() {
        for (int i = 3; i < end; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private int contentLength() {
        for (int i = 0; i < bodyStart - LENGTH.length; i++) {
            if (buffer[i] == '\n' && isLengthAt(i + 1)) {
                int length = 0;
                for (int digit = i + 1 + LENGTH.length; buffer[digit] != '\r'; digit++) {
                    length = buffer[digit] == ' ' ? length : 10 * length + buffer[digit] - '0';
                }
                return length;
            }
        }
        return 0;
    }

    private boolean isLengthAt(int start) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((buffer[start + i] | 0x20) != LENGTH[i] && buffer[start + i] != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
