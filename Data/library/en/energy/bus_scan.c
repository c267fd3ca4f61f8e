/* bus_scan: finds which addresses answer on the inverters' RS-485 bus.
 *
 * Run it on the small computer in the loft when the log shows W-112 for both inverters:
 *
 *     cc -O2 -o bus_scan bus_scan.c && ./bus_scan /dev/ttyUSB0
 *
 * It asks every address from 1 to 32 for one register and prints those that reply. The whole scan
 * takes about ten seconds. Stop the logger first, or the two programs will talk over each other.
 *
 * Wiring, because somebody always asks:
 *   - The cable is the violet one. A is the white core, B is the blue core, and the screen is
 *     earthed at the loft end only.
 *   - A 120 ohm terminator sits across A and B inside Poniente, the last device on the bus. There
 *     must be no second terminator at Levante; when there was, half of the replies were lost.
 *   - The whole run is 46 metres. The adapter has been replaced once, after the storm of 2023.
 */

#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { first_address = 1, last_address = 32, reply_wait_ms = 300 };

/* The Modbus checksum of `n` bytes: polynomial 0xA001, starting from 0xFFFF. */
static uint16_t crc16(const uint8_t *bytes, size_t n) {
    uint16_t crc = 0xFFFF;
    for (size_t i = 0; i < n; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 1) ? (uint16_t)((crc >> 1) ^ 0xA001) : (uint16_t)(crc >> 1);
    }
    return crc;
}

/* Opens the port raw, at the speed set on the inverters' screens; returns -1 on failure. */
static int open_port(const char *path) {
    int fd = open(path, O_RDWR | O_NOCTTY);
    struct termios mode;
    if (fd < 0 || tcgetattr(fd, &mode) != 0)
        return -1;
    cfmakeraw(&mode);
    cfsetspeed(&mode, B9600);
    return tcsetattr(fd, TCSANOW, &mode) == 0 ? fd : -1;
}

/* Asks one address for its first register. Returns 1 if a reply with a good checksum came back.
 * Seven bytes answer a reading; five are an exception, which proves just as well that somebody
 * is there. */
static int answers(int fd, uint8_t address) {
    uint8_t frame[8] = {address, 3, 0, 0, 0, 1, 0, 0}, reply[16];
    uint16_t crc = crc16(frame, 6);
    frame[6] = (uint8_t)crc;
    frame[7] = (uint8_t)(crc >> 8);
    tcflush(fd, TCIOFLUSH);
    if (write(fd, frame, sizeof frame) != (ssize_t)sizeof frame)
        return 0;

    size_t have = 0;
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    while (have < 7 && poll(&wait, 1, reply_wait_ms) == 1) {
        ssize_t got = read(fd, reply + have, sizeof reply - have);
        if (got <= 0)
            break;
        have += (size_t)got;
    }
    if (have < 5 || reply[0] != address)
        return 0;
    crc = crc16(reply, have - 2);
    return reply[have - 2] == (uint8_t)crc && reply[have - 1] == (uint8_t)(crc >> 8);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: bus_scan PORT\n");
        return 2;
    }
    int fd = open_port(argv[1]);
    if (fd < 0) {
        perror(argv[1]);
        return 1;
    }
    int found = 0;
    for (uint8_t address = first_address; address <= last_address; address++)
        if (answers(fd, address)) {
            printf("address %d answers\n", address);
            found++;
        }
    if (found == 0)
        puts("nobody answers: look at the plug, then at the terminator, then at the sky");
    close(fd);
    return found == 0;
}
