#!/usr/bin/env python3
"""Lee la potencia y la energía de los dos inversores del tejado.

Los inversores comparten un bus RS-485 y hablan Modbus RTU. El programa envía a
cada uno la orden 3 (leer registros), comprueba el CRC de la respuesta y escribe
una línea por inversor en un fichero CSV. Lo lanza el reloj del sistema cada
cinco minutos, en el ordenador pequeño del altillo.

Uso:
    lectura_inversor.py /dev/ttyUSB0 registro.csv

Si un inversor no contesta en dos segundos se apunta la línea con los campos
vacíos: de noche los inversores se apagan y es normal que no respondan.
"""

import csv
import datetime
import os
import select
import sys
import termios

#: Dirección de cada inversor en el bus. Se cambia en su pantalla, menú 7.
DIRECCIONES = {"Levante": 11, "Poniente": 12}

#: Registro de la potencia de salida, en vatios (dos palabras, la alta primero).
REGISTRO_POTENCIA = 40083

#: Registro de la energía total desde la puesta en marcha, en décimas de kWh.
REGISTRO_ENERGIA = 40093

ESPERA = 2.0


def crc16(datos: bytes) -> int:
    """Devuelve el CRC de Modbus: polinomio 0xA001, valor inicial 0xFFFF."""
    crc = 0xFFFF
    for octeto in datos:
        crc ^= octeto
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def orden_de_lectura(direccion: int, registro: int, palabras: int) -> bytes:
    """Compone la trama que pide `palabras` registros a partir de `registro`.

    Los manuales numeran los registros desde 40001, pero en el cable se cuentan
    desde cero: por eso se resta.
    """
    cuerpo = bytes([direccion, 3]) + (registro - 40001).to_bytes(2) + palabras.to_bytes(2)
    return cuerpo + crc16(cuerpo).to_bytes(2, "little")


def valor(respuesta: bytes, direccion: int) -> int | None:
    """Extrae el número de una respuesta, o None si está rota o es de otro."""
    if len(respuesta) != 9 or respuesta[0] != direccion or respuesta[1] != 3:
        return None
    if crc16(respuesta[:-2]) != int.from_bytes(respuesta[-2:], "little"):
        return None
    return int.from_bytes(respuesta[3:7])


def abrir(puerto: str) -> int:
    """Abre el puerto serie a 9600 baudios, ocho bits, sin paridad."""
    fd = os.open(puerto, os.O_RDWR | os.O_NOCTTY)
    modo = termios.tcgetattr(fd)
    modo[0] = modo[1] = modo[3] = 0
    modo[2] = termios.CS8 | termios.CREAD | termios.CLOCAL
    modo[4] = modo[5] = termios.B9600
    termios.tcsetattr(fd, termios.TCSANOW, modo)
    return fd


def preguntar(fd: int, direccion: int, registro: int) -> int | None:
    """Envía una pregunta y espera la respuesta entera o el fin del plazo."""
    termios.tcflush(fd, termios.TCIOFLUSH)
    os.write(fd, orden_de_lectura(direccion, registro, 2))
    respuesta = b""
    while len(respuesta) < 9 and select.select([fd], [], [], ESPERA)[0]:
        respuesta += os.read(fd, 9 - len(respuesta))
    return valor(respuesta, direccion)


def principal(puerto: str, fichero: str) -> None:
    """Añade una línea por inversor: fecha, nombre, vatios y kilovatios hora."""
    fd = abrir(puerto)
    ahora = datetime.datetime.now().isoformat(timespec="seconds")
    with open(fichero, "a", newline="", encoding="utf-8") as salida:
        tabla = csv.writer(salida)
        for nombre, direccion in DIRECCIONES.items():
            vatios = preguntar(fd, direccion, REGISTRO_POTENCIA)
            decimas = preguntar(fd, direccion, REGISTRO_ENERGIA)
            energia = None if decimas is None else decimas / 10
            tabla.writerow([ahora, nombre, vatios, energia])
    os.close(fd)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("uso: lectura_inversor.py PUERTO FICHERO.csv")
    principal(sys.argv[1], sys.argv[2])
